/**
 * Makes the documentation site: one folder of pages that need no server, with the Javadoc of the
 * libraries beside them. {@code ./solvegrad docs} runs {@link io.solvegrad.site.SiteCommand}.
 */
@NullMarked
package io.solvegrad.site;

import org.jspecify.annotations.NullMarked;
