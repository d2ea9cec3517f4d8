/**
 * Self-contained HTML pages and the curves on them. Each program fills a {@link
 * io.solvegrad.example.report.Page} with its own sections.
 */
@NullMarked
package io.solvegrad.example.report;

import org.jspecify.annotations.NullMarked;
