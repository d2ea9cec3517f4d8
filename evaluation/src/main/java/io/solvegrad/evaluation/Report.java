package io.solvegrad.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of one evaluation, complete before anything is printed.
 *
 * @param json what {@code --json} prints: maps, lists, numbers and texts
 * @param tables what is printed otherwise, one after the other
 * @param notes what a reader should know before trusting the numbers
 */
record Report(Map<String, Object> json, List<Table> tables, List<String> notes) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The JSON text, notes included. */
  String toJson() {
    Map<String, Object> all = new LinkedHashMap<>(json);
    all.put("notes", notes);
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report holds only maps, lists, numbers and texts", e);
    }
  }

  /** The tables and notes as text. */
  String toText() {
    StringBuilder text = new StringBuilder();
    for (Table table : tables) {
      text.append(table.toText()).append(System.lineSeparator());
    }
    for (String note : notes) {
      text.append("Note: ").append(note).append(System.lineSeparator());
    }
    return text.toString();
  }
}
