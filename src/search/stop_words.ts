/** Words that say nothing of what a text is about. Negations are not among them: `no` alone is one, `not found` is an answer. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a about above after again all also although always am an and any are as at be because been before being below between both but " +
    "by can cannot could did do does doing done down during each either else ever every few for from further get gets getting give " +
    "given gives go goes going got had has have having he her here hers him his how however i if in into is it its itself just " +
    "keep keeps know let lets like make makes making many may me might mine more most much must my myself need needs neither nor now " +
    "of off often on once one only or other ought our ours out over own per please put quite rather really same seem seems shall she " +
    "should so some something somehow still such sure take takes than that the their theirs them then there these they thing things " +
    "this those though through thus to too under until up upon us use used uses using very want wants was way we well were what " +
    "whatever when where whether which while who whom whose why will with within without would yet you your yours t s re ve ll d m " +
    "im ive dont doesnt didnt isnt cant wont no yes not"
  ).split(" "),
);
