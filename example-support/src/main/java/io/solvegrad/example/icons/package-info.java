/**
 * The icons of the Ikonli font packs on the class path: the same things drawn by many teams, as
 * outlines to be filled at any size.
 *
 * <p>Start at {@link io.solvegrad.example.icons.IconGlyphs#load}; {@link
 * io.solvegrad.example.icons.IconNames} says how team and thing are read from names.
 */
@NullMarked
package io.solvegrad.example.icons;

import org.jspecify.annotations.NullMarked;
