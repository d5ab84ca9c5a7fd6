/**
 * Takes the author's manual out of what a reader loads: the sentences on the machine's settings are for the JSON Schema
 * and for editors, and a worker never reads them. It looks at the text of the machine's own modules only.
 */
const settings = /[\\/]simulations[\\/](?!scenarios[\\/]).*\.ts$/;
/** Only where settings are declared: elsewhere such a text is a name. */
const declares = /from '[./]+\/fields\.ts'/;
/** The first argument of `field` and of the small words made of it, where it is one plain sentence, which ends with a full stop. */
const sentence =
  /\b(field|none|share|time|span|when|moment|orNone|measureName|measureList|id|callPlan|inputsOf|maybe|orNull|distributionOf|seconds|count|duration|price|countOrShare|weight|targetList|way|routeList|instances)\(\s*('(?:[^'\\\n]|\\.)*\.'|"(?:[^"\\\n]|\\.)*\.")\s*(?=[,)])/g;

/** A plugin for the builder of pages and workers. */
export function withoutManual() {
  return {
    name: 'without-manual',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      const file = id.split('?')[0]!;
      if (!settings.test(file) || !declares.test(code)) return null;
      return { code: code.replace(sentence, (_, word: string) => `${word}(''`), map: null };
    },
  };
}
