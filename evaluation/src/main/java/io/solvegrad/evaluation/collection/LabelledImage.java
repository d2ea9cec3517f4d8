package io.solvegrad.evaluation.collection;

import java.nio.file.Path;

/**
 * An image and what it shows.
 *
 * @param path where the image is
 * @param label its class
 */
public record LabelledImage(Path path, String label) {}
