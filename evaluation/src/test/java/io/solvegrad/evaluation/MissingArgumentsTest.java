package io.solvegrad.evaluation;

import io.solvegrad.evaluation.collection.ImageCollection;
import io.solvegrad.evaluation.collection.LabelledImage;
import io.solvegrad.evaluation.collection.RetrievalProtocol;
import io.solvegrad.evaluation.file.FileFormatException;
import io.solvegrad.evaluation.file.Folders;
import io.solvegrad.evaluation.file.IdxFile;
import io.solvegrad.evaluation.file.NpyFile;
import io.solvegrad.evaluation.file.TextFile;
import io.solvegrad.process.MissingArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Commands, files and collections. */
final class MissingArgumentsTest extends MissingArguments {
  private static final Path FILE = Path.of("file");

  @TempDir Path folder;

  private interface TextCall {
    void on(TextFile text) throws IOException;
  }

  private Executable onText(TextCall call) {
    return () -> {
      try (TextFile text = new TextFile(Files.writeString(folder.resolve("text"), "1\n"))) {
        call.on(text);
      }
    };
  }

  private void files() {
    call("sizes", () -> new IdxFile(missing(), new byte[1]));
    call("values", () -> new IdxFile(new int[] {1}, missing()));
    call("file", () -> IdxFile.read(missing()));
    call("values", () -> new NpyFile.Matrix(missing(), 1, 1));
    call("file", () -> NpyFile.readFloats(missing()));
    call("file", () -> NpyFile.readIntegers(missing()));
    call("matrix", () -> NpyFile.toBytes(missing()));
    call("file", () -> new FileFormatException(missing(), "is empty"));
    call("problem", () -> new FileFormatException(FILE, missing()));
    call("file", () -> new FileFormatException(missing(), 1, "is empty"));
    call("problem", () -> new FileFormatException(FILE, 1, missing()));
    call("value", () -> FileFormatException.quoted(missing()));
    call("folder", () -> Folders.list(missing(), path -> true));
    call("wanted", () -> Folders.list(FILE, missing()));
    call("folder", () -> Folders.files(missing(), ".txt"));
    call("ending", () -> Folders.files(FILE, missing()));
    call("path", () -> Folders.name(missing()));
    call("path", () -> Folders.stem(missing()));
  }

  private void texts() {
    call("file", () -> new TextFile(missing()).close());
    call("text", () -> TextFile.fields(missing()));
    call("text", () -> TextFile.parse(missing()));
    call("text", onText(text -> text.number(missing(), "score")));
    call("what", onText(text -> text.number("1", missing())));
    call("text", onText(text -> text.integer(missing(), "rank")));
    call("what", onText(text -> text.integer("1", missing())));
    call("problem", onText(text -> text.problem(missing())));
  }

  private void collections() {
    List<LabelledImage> images = List.of();
    call("path", () -> new LabelledImage(missing(), "cat"));
    call("label", () -> new LabelledImage(FILE, missing()));
    call("train", () -> new ImageCollection(missing(), images, images));
    call("queries", () -> new ImageCollection(images, missing(), images));
    call("gallery", () -> new ImageCollection(images, images, missing()));
    call("folder", () -> ImageCollection.readCub(missing()));
    call("folder", () -> ImageCollection.readProducts(missing()));
    call("folder", () -> ImageCollection.readInShop(missing()));
    call("folder", () -> ImageCollection.readOmniglot(missing()));
    call("folder", () -> ImageCollection.readFolders(missing()));
    call("name", () -> RetrievalProtocol.named(missing()));
    call("folder", () -> RetrievalProtocol.of(missing()));
    for (RetrievalProtocol protocol : RetrievalProtocol.values()) {
      call("folder", () -> protocol.read(missing()));
    }
  }

  private void commands() {
    call("out", () -> new EvaluateCommand(missing()));
    call("arguments", () -> EvaluateCommand.main(missing()));
    call("files", () -> SelfTest.run(missing()));
    call("id", () -> new SelfTest.Line(missing(), ""));
    call("problem", () -> new SelfTest.Line("", missing()));
    call("lines", () -> new SelfTest.Outcome(missing(), Map.of()));
    call("skipped", () -> new SelfTest.Outcome(List.of(), missing()));
  }

  @Override
  protected void calls() {
    files();
    texts();
    collections();
    commands();
  }
}
