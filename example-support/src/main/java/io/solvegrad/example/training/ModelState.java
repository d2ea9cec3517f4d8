package io.solvegrad.example.training;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.nn.Parameter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipOutputStream;

/**
 * The numbers of a network in training: its parameters, and the moments of its optimiser.
 *
 * @param model the network
 * @param optimizer what changes it
 */
public record ModelState(Model model, AdamW optimizer) {
  private static final String PARAMETERS = "parameters";
  private static final String OPTIMIZER = "optimizer";

  /**
   * Adds the numbers to a file.
   *
   * @param zip the file
   * @throws IOException if it cannot be written
   */
  public void save(ZipOutputStream zip) throws IOException {
    CheckedZip.write(
        zip, PARAMETERS, part -> model.getBlock().saveParameters(new DataOutputStream(part)));
    CheckedZip.write(
        zip, OPTIMIZER, part -> optimizer.save(parameterIds(), new DataOutputStream(part)));
  }

  /**
   * Replaces the numbers by those of a file.
   *
   * @param file what {@link #save} has filled for such a network
   * @throws IOException if they cannot be read or do not fit
   */
  public void load(CheckedZip file) throws IOException {
    try {
      model.getBlock().loadParameters(model.getNDManager(), file.part(PARAMETERS));
    } catch (MalformedModelException e) {
      throw new IOException(e.getMessage(), e);
    }
    optimizer.load(parameterIds(), parameterSizes(), file.part(OPTIMIZER));
  }

  private List<String> parameterIds() {
    return model.getBlock().getParameters().values().stream().map(Parameter::getId).toList();
  }

  private List<Long> parameterSizes() {
    return model.getBlock().getParameters().values().stream()
        .map(parameter -> parameter.getArray().size())
        .toList();
  }
}
