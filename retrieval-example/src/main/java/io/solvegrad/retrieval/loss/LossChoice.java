package io.solvegrad.retrieval.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.solvegrad.example.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A loss as settings name it: {@code ap}, {@code smooth-ap:temperature=0.02}, or a weighted sum
 * such as {@code ap+0.1*supervised-contrastive:temperature=0.1}. {@link LossCatalogue} knows the
 * names.
 *
 * @param terms the summands, at least one
 */
public record LossChoice(List<Term> terms) {

  /**
   * A summand.
   *
   * @param weight multiplies the loss, inside its upstream; positive
   * @param name of the loss
   * @param parameters those that are not the usual ones, in the order in which they were given
   */
  public record Term(double weight, String name, Map<String, Double> parameters) {
    /**
     * Checks name and parameters against the catalogue and keeps a copy.
     *
     * @throws BadInputException if there is no such loss or parameter, or the weight is not
     *     positive
     */
    public Term {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
      LossCatalogue.check(name, parameters);
      if (!(weight > 0) || weight == Double.POSITIVE_INFINITY) {
        throw new BadInputException(
            "The weight of loss %s must be positive, but is %s.".formatted(name, weight));
      }
    }

    @Override
    public String toString() {
      String values =
          parameters.entrySet().stream()
              .map(p -> p.getKey() + "=" + p.getValue())
              .collect(Collectors.joining(","));
      return (weight == 1 ? "" : weight + "*") + name + (values.isEmpty() ? "" : ":" + values);
    }
  }

  /**
   * Keeps a copy.
   *
   * @throws BadInputException if there is no term
   */
  public LossChoice {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new BadInputException("A loss needs a name.");
    }
  }

  /**
   * Reads a loss.
   *
   * @param text as above
   * @return the loss
   * @throws BadInputException if the text has another form, or as {@link Term}
   */
  @JsonCreator
  public static LossChoice parse(String text) {
    List<Term> terms = new ArrayList<>();
    for (String part : text.split("\\+", -1)) {
      int star = part.indexOf('*');
      double weight = star < 0 ? 1 : number(part.substring(0, star), text);
      String[] halves = part.substring(star + 1).split(":", 2);
      Map<String, Double> parameters = new LinkedHashMap<>();
      if (halves.length == 2) {
        for (String assignment : halves[1].split(",", -1)) {
          String[] sides = assignment.split("=", 2);
          if (sides.length < 2) {
            throw new BadInputException(
                "Loss '%s' must be NAME:PARAMETER=NUMBER,..., but has '%s'."
                    .formatted(text, assignment));
          }
          parameters.put(sides[0].strip(), number(sides[1], text));
        }
      }
      terms.add(new Term(weight, halves[0].strip(), parameters));
    }
    return new LossChoice(terms);
  }

  private static double number(String digits, String text) {
    try {
      double value = Double.parseDouble(digits.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "Loss '%s' has '%s' where a number belongs.".formatted(text, digits), e);
    }
    throw new BadInputException("Loss '%s' has a number that is not finite.".formatted(text));
  }

  /** {@return whether a summand ranks exactly and needs a lambda: one of RaMBO's} */
  public boolean isBlackbox() {
    return terms.stream().anyMatch(term -> LossCatalogue.isBlackbox(term.name()));
  }

  /** {@return whether every summand takes graded labels as they are, not relevant or not} */
  public boolean isGraded() {
    return terms.stream().allMatch(term -> LossCatalogue.isGraded(term.name()));
  }

  /** {@return whether every summand takes any scores, not only inner products of unit vectors} */
  public boolean takesAnyScores() {
    return terms.stream().allMatch(term -> LossCatalogue.takesAnyScores(term.name()));
  }

  /**
   * {@return whether a summand is a loss of a rank metric, in which relevant items can have to
   * lead}
   */
  public boolean takesMargin() {
    return terms.stream().anyMatch(term -> LossCatalogue.takesMargin(term.name()));
  }

  /** {@return the text that {@link #parse} reads} */
  @JsonValue
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining("+"));
  }
}
