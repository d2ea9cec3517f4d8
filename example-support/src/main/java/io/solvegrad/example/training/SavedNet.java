package io.solvegrad.example.training;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.nn.Parameter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipOutputStream;

/** The parts of a file that hold a network and its optimiser. */
public final class SavedNet {
  private static final String PARAMETERS = "parameters";
  private static final String OPTIMIZER = "optimizer";

  private SavedNet() {}

  /**
   * Adds the two parts to a file.
   *
   * @param zip the file
   * @param model with initialised parameters
   * @param optimizer of these parameters
   * @throws IOException if they cannot be written
   */
  public static void write(ZipOutputStream zip, Model model, AdamW optimizer) throws IOException {
    CheckedZip.write(
        zip, PARAMETERS, part -> model.getBlock().saveParameters(new DataOutputStream(part)));
    CheckedZip.write(
        zip, OPTIMIZER, part -> optimizer.save(parameterIds(model), new DataOutputStream(part)));
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @param file a file with the two parts
   * @param model gets the parameters
   * @param optimizer gets its state
   * @throws IOException if a part is missing, damaged or of another network
   */
  public static void read(CheckedZip file, Model model, AdamW optimizer) throws IOException {
    try {
      model.getBlock().loadParameters(model.getNDManager(), file.part(PARAMETERS));
    } catch (MalformedModelException e) {
      throw new IOException(e.getMessage(), e);
    }
    optimizer.load(parameterIds(model), parameterSizes(model), file.part(OPTIMIZER));
  }

  private static List<String> parameterIds(Model model) {
    return model.getBlock().getParameters().values().stream().map(Parameter::getId).toList();
  }

  private static List<Long> parameterSizes(Model model) {
    return model.getBlock().getParameters().values().stream()
        .map(parameter -> parameter.getArray().size())
        .toList();
  }
}
