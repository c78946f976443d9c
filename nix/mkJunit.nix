{ functions }:
/**
  One JUnit report of all tests of a pipeline, also when stages fail.

  # Inputs

  The context that mkPipeline makes, with `records` and `stages`.
*/
context:
functions.mkView (context // { view = "junit"; })
