package io.solvegrad.evaluation.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCollectionTest {
  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String labels(List<LabelledImage> images) {
    StringBuilder text = new StringBuilder();
    for (LabelledImage image : images) {
      text.append(folder.relativize(image.path()).toString().replace('\\', '/'))
          .append('=')
          .append(image.label())
          .append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void cubSplitsItsClassesInHalves() throws IOException {
    write("images.txt", "1 001.A/a.jpg\n2 002.B/b.jpg\n3 003.C/c.jpg\n4 004.D/d.jpg\n");
    write("image_class_labels.txt", "1 1\n2 2\n3 3\n4 4\n");
    ImageCollection cub = RetrievalProtocol.named("CUB_200_2011").read(folder);
    assertEquals("images/001.A/a.jpg=1 images/002.B/b.jpg=2", labels(cub.train()));
    assertEquals("images/003.C/c.jpg=3 images/004.D/d.jpg=4", labels(cub.queries()));
    assertSame(cub.queries(), cub.gallery());
    write("images.txt", "9 001.A/a.jpg\n");
    assertThrows(FileFormatException.class, () -> ImageCollection.readCub(folder));
  }

  @Test
  void productsHaveTwoLists() throws IOException {
    write("Ebay_train.txt", "image_id class_id super_class_id path\n1 1 1 bike/a.JPG\n");
    write("Ebay_test.txt", "image_id class_id super_class_id path\n2 7 1 bike/b.JPG\n");
    ImageCollection products = RetrievalProtocol.named("sop").read(folder);
    assertEquals("bike/a.JPG=1", labels(products.train()));
    assertEquals("bike/b.JPG=7", labels(products.gallery()));
    write("Ebay_test.txt", "heading\n2 7 1 ../../etc/passwd\n");
    assertThrows(FileFormatException.class, () -> ImageCollection.readProducts(folder));
    write("Ebay_test.txt", "heading\n2 7 1 /etc/passwd\n");
    assertThrows(FileFormatException.class, () -> ImageCollection.readProducts(folder));
    write("Ebay_test.txt", "heading\n");
    assertThrows(FileFormatException.class, () -> ImageCollection.readProducts(folder));
  }

  @Test
  void inShopHasQueriesAndAGallery() throws IOException {
    write(
        "Eval/list_eval_partition.txt",
        "3\nimage_name item_id evaluation_status\nimg/a.jpg id_1   train\nimg/b.jpg id_2 query\nimg/c.jpg id_2 gallery\n");
    ImageCollection shop = RetrievalProtocol.IN_SHOP.read(folder);
    assertEquals("img/a.jpg=id_1", labels(shop.train()));
    assertEquals("img/b.jpg=id_2", labels(shop.queries()));
    assertEquals("img/c.jpg=id_2", labels(shop.gallery()));
    assertEquals(
        "hitRate@50",
        RetrievalProtocol.IN_SHOP.metrics().stream()
            .map(RetrievalMetric::name)
            .reduce((a, b) -> b)
            .orElseThrow());
  }

  @Test
  void readsFoldersByRelativePaths() throws IOException {
    write("sop/Ebay_train.txt", "heading\n1 1 1 bike/a.JPG\n");
    write("sop/Ebay_test.txt", "heading\n2 7 1 bike/b.JPG\n");
    Path here = Path.of("").toAbsolutePath();
    Path relative = here.relativize(folder.toAbsolutePath()).resolve("sop/.");
    assertEquals(1, ImageCollection.readProducts(relative).queries().size());
    write("sop/Ebay_test.txt", "heading\n2 7 1 ../other/b.JPG\n");
    assertThrows(FileFormatException.class, () -> ImageCollection.readProducts(relative));
  }

  @Test
  void foldersAreKnownByTheirLists() throws IOException {
    assertNull(RetrievalProtocol.of(folder));
    assertNull(RetrievalProtocol.of(folder.resolve("missing")));
    write("sop/Ebay_train.txt", "");
    write("shop/Eval/list_eval_partition.txt", "");
    write("moved/list_eval_partition.txt", "");
    write("cub/image_class_labels.txt", "");
    assertEquals(
        RetrievalProtocol.STANFORD_ONLINE_PRODUCTS, RetrievalProtocol.of(folder.resolve("sop")));
    assertEquals(RetrievalProtocol.IN_SHOP, RetrievalProtocol.of(folder.resolve("shop")));
    assertEquals(RetrievalProtocol.IN_SHOP, RetrievalProtocol.of(folder.resolve("moved")));
    assertEquals(RetrievalProtocol.CUB_200_2011, RetrievalProtocol.of(folder.resolve("cub")));
  }

  @Test
  void omniglotAndFoldersAreFolders() throws IOException {
    write("images_background/Greek/character01/a.png", "");
    write("images_evaluation/Latin/character01/b.png", "");
    write("images_evaluation/Latin/character01/notes.txt", "");
    ImageCollection omniglot = ImageCollection.readOmniglot(folder);
    assertEquals(
        "images_evaluation/Latin/character01/b.png=Latin/character01", labels(omniglot.queries()));
    ImageCollection folders =
        ImageCollection.readFolders(folder.resolve("images_evaluation/Latin"));
    assertEquals(1, folders.queries().size());
    assertEquals("character01", folders.queries().getFirst().label());
    Path nowhere = folder.resolve("nowhere");
    assertThrows(FileFormatException.class, () -> ImageCollection.readFolders(nowhere));
    assertThrows(IllegalArgumentException.class, () -> RetrievalProtocol.named("cars"));
  }
}
