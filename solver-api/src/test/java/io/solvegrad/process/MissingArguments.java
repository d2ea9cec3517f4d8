package io.solvegrad.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Whoever forgets an argument is told its name at once, not later or never. */
public abstract class MissingArguments {

  /** A call and what it says is missing. */
  private record Call(String sentence, Executable executable) {}

  private final List<Call> calls = new ArrayList<>();

  /** For tests. */
  protected MissingArguments() {}

  /** What is left out. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless caller does
  protected static <T> T missing() {
    return null;
  }

  /** A call without an argument of that name. */
  protected final void call(String name, Executable executable) {
    calls.add(new Call(name + " must not be null", executable));
  }

  /** A call with a hole in the argument of that name. */
  protected final void callWithHole(String name, Executable executable) {
    calls.add(new Call(name + " must not contain null", executable));
  }

  /** Enters all calls. */
  protected abstract void calls();

  @TestFactory
  final Stream<DynamicTest> missingArguments_areNamed() {
    calls();
    return calls.stream()
        .map(call ->
            dynamicTest(
                call.sentence,
                () ->
                    assertEquals(
                        call.sentence,
                        assertThrows(NullPointerException.class, call.executable).getMessage())));
  }
}
