/** Compiled on the module path; run there and on the class path. */
module example {
  requires io.solvegrad.rambo;
  requires io.solvegrad.relaxation;
  requires io.solvegrad.combinatorial;
  requires io.solvegrad.solver;
}
