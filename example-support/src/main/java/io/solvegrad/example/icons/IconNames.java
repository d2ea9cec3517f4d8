package io.solvegrad.example.icons;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads team and thing from the names of icon sets and glyphs. */
public final class IconNames {
  /** Several sets of one team, recognised by how their names begin. */
  private static final List<String> TEAMS =
      List.of("FluentUi", "Unicons", "Boxicons", "AntDesign", "CoreUi", "Ionicons4", "Remixicon");

  private static final Pattern STYLE_BEFORE = Pattern.compile("^(ios|md|logo)-");
  private static final Pattern STYLE_AFTER =
      Pattern.compile(
          "(-(outline|outlined|filled|fill|line|solid|regular|sharp|round|rounded|alt|small"
              + "|\\d\\d))+$");

  private static final Pattern LOGO_SET = Pattern.compile("Brands$|Logos?$|^Devicons$|^FileIcons$");

  /** Trade marks that no logo set draws, found by reading the list of classes. */
  private static final Set<String> OTHER_LOGOS =
      Set.of("airplay", "angularjs", "dingding", "douban", "pantone", "polaroid", "taobao");

  private IconNames() {}

  /**
   * The team that drew a set: Google and its community, Font Awesome and its twin, ...
   *
   * @param set name of a set
   * @return name of the team
   */
  public static String family(String set) {
    if (set.startsWith("Material")) {
      return "Material";
    }
    if (set.startsWith("FontAwesome") || set.startsWith("LineAwesome")) {
      return "Awesome";
    }
    return TEAMS.stream().filter(set::startsWith).findFirst().orElse(set);
  }

  /**
   * What a glyph shows: its name without the prefix of its set, without words for style and size,
   * and without hyphens. {@code mdal-access_alarm}, {@code ion4-ios-alarm-outline} and {@code
   * fltfal-alarm-24} are accessalarm, alarm and alarm.
   *
   * @param glyph name of a glyph
   * @return the class
   */
  public static String className(String glyph) {
    String words = words(glyph);
    return STYLE_AFTER.matcher(words).replaceFirst("").replace("-", "");
  }

  /** Says whether a set holds nothing but logos, or mostly. */
  static boolean isLogoSet(String set) {
    return LOGO_SET.matcher(set).find();
  }

  /**
   * Says whether a glyph may be a logo: a logo set has the same thing, or has its first word
   * (google of google-drive), or it is a trade mark known by name. Errs on the side of yes: zoom-in
   * counts, because Zoom is a company.
   */
  static boolean isLogo(String glyph, Set<String> classesOfLogoSets) {
    String words = words(glyph);
    int end = words.indexOf('-');
    String first = end < 0 ? words : words.substring(0, end);
    String className = className(glyph);
    return classesOfLogoSets.contains(className)
        || classesOfLogoSets.contains(first)
        || OTHER_LOGOS.contains(className);
  }

  private static String words(String glyph) {
    // Without a hyphen indexOf is -1 and nothing is cut.
    String name = glyph.substring(glyph.indexOf('-') + 1);
    return STYLE_BEFORE.matcher(name.toLowerCase(Locale.ROOT).replace('_', '-')).replaceFirst("");
  }
}
