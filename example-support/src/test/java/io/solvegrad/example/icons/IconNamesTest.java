package io.solvegrad.example.icons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IconNamesTest {
  @ParameterizedTest
  @CsvSource({
    "Material2OutlinedAL, Material",
    "MaterialDesignZ, Material",
    "FontAwesomeSolid, Awesome",
    "LineAwesomeRegular, Awesome",
    "FluentUiFilledMZ, FluentUi",
    "UniconsLine, Unicons",
    "BoxiconsLogos, Boxicons",
    "AntDesignIconsFilled, AntDesign",
    "CoreUiFree, CoreUi",
    "Ionicons4Material, Ionicons4",
    "RemixiconAL, Remixicon",
    "Feather, Feather",
    "Win10, Win10"
  })
  void setsOfOneTeamAreOneFamily(String set, String family) {
    assertEquals(family, IconNames.family(set));
  }

  @ParameterizedTest
  @CsvSource({
    "fth-camera, camera",
    "mdal-access_alarm, accessalarm",
    "ion4-ios-alarm, alarm",
    "ion4-md-alarm, alarm",
    "ion4-logo-apple, apple",
    "fltfal-alarm-24, alarm",
    "remixal-alarm-fill, alarm",
    "anto-calendar-outlined, calendar",
    "bi-chat-square-outline-alt, chatsquare",
    "x-clock-outline-24-filled, clock",
    "x-clock-small-round-rounded-sharp-solid-regular-line, clock",
    "mdi2a-alarm-Light, alarmlight",
    // Only at the end, only two digits, only whole words, only one leading style.
    "x-line-height, lineheight",
    "x-outline, outline",
    "x-dice-6, dice6",
    "x-rotate-360, rotate360",
    "x-underline, underline",
    "x-ios-md-share, mdshare",
    "noprefix, noprefix"
  })
  void classIsWhatIsLeftWithoutPrefixAndStyle(String glyph, String className) {
    assertEquals(className, IconNames.className(glyph));
  }

  @Test
  void logoSets() {
    for (String set :
        new String[] {
          "FontAwesomeBrands", "BoxiconsLogos", "Ionicons4Logo", "Devicons", "FileIcons"
        }) {
      assertTrue(IconNames.isLogoSet(set), set);
    }
    assertFalse(IconNames.isLogoSet("FontAwesomeSolid"));
    assertFalse(IconNames.isLogoSet("Feather"));
  }

  @Test
  void logosAreFoundInOtherSetsByNameAndFirstWord() {
    Set<String> known = Set.of("github", "google", "zoom");
    assertTrue(IconNames.isLogo("fth-github", known));
    assertTrue(IconNames.isLogo("bx-github-outline", known));
    assertTrue(IconNames.isLogo("mdi-google-drive", known));
    assertTrue(IconNames.isLogo("fth-zoom-in", known), "errs on the side of yes");
    assertTrue(IconNames.isLogo("remixal-taobao-line", known));
    assertFalse(IconNames.isLogo("fth-camera", known));
    assertFalse(IconNames.isLogo("x-not-google", known));
  }
}
