package io.solvegrad.evaluation.collection;

import io.solvegrad.evaluation.retrieval.RetrievalMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How retrieval is evaluated on a known collection: its split and the cut-offs of the hit rate. */
public enum RetrievalProtocol {
  /**
   * Birds: each image of the last 100 classes searches the others. Wah et al., The Caltech-UCSD
   * Birds-200-2011 Dataset, 2011.
   */
  CUB_200_2011,
  /**
   * Products: each image of the test list searches the others. Oh Song et al., CVPR 2016
   * (arXiv:1511.06452).
   */
  STANFORD_ONLINE_PRODUCTS,
  /** Clothes: queries search a separate gallery. Liu et al., DeepFashion, CVPR 2016. */
  IN_SHOP;

  /**
   * The protocol of a name: {@code cub-200-2011} or {@code cub}, {@code stanford-online-products}
   * or {@code sop}, {@code in-shop}; letter case does not matter.
   *
   * @param name the name
   * @return the protocol
   * @throws IllegalArgumentException if there is none
   */
  public static RetrievalProtocol named(String name) {
    Objects.requireNonNull(name, "name must not be null");
    return switch (name.toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "cub", "cub-200-2011" -> CUB_200_2011;
      case "sop", "stanford-online-products" -> STANFORD_ONLINE_PRODUCTS;
      case "in-shop", "inshop" -> IN_SHOP;
      default ->
          throw new IllegalArgumentException(
              "there is no protocol '" + name + "'. Maybe cub-200-2011, sop or in-shop?");
    };
  }

  /**
   * The protocol of a folder, known by the list that its authors lay beside the images.
   *
   * @param folder any folder
   * @return the protocol, or null if none of the lists is there
   */
  public static @Nullable RetrievalProtocol of(Path folder) {
    Objects.requireNonNull(folder, "folder must not be null");
    if (Files.isRegularFile(folder.resolve("image_class_labels.txt"))) {
      return CUB_200_2011;
    }
    if (Files.isRegularFile(folder.resolve("Ebay_train.txt"))) {
      return STANFORD_ONLINE_PRODUCTS;
    }
    return ImageCollection.shopList(folder) == null ? null : IN_SHOP;
  }

  /**
   * The hit rates that papers report.
   *
   * @return one metric for each cut-off
   */
  public List<RetrievalMetric> metrics() {
    return switch (this) {
      case CUB_200_2011 -> RetrievalMetric.hitRates(1, 2, 4, 8);
      case STANFORD_ONLINE_PRODUCTS -> RetrievalMetric.hitRates(1, 10, 100, 1000);
      case IN_SHOP -> RetrievalMetric.hitRates(1, 10, 20, 30, 40, 50);
    };
  }

  /**
   * Reads the collection's lists.
   *
   * @param folder where its authors' archive was unpacked
   * @return the collection
   * @throws IOException if a list is missing or malformed
   */
  public ImageCollection read(Path folder) throws IOException {
    return switch (this) {
      case CUB_200_2011 -> ImageCollection.readCub(folder);
      case STANFORD_ONLINE_PRODUCTS -> ImageCollection.readProducts(folder);
      case IN_SHOP -> ImageCollection.readInShop(folder);
    };
  }
}
