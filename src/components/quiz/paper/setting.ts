/** The setting of a run in words, for paper, where nothing can be opened. It knows the words of scenarios and no page. */
import type { Language } from '../../../../languages.ts';
import type { RunSetting } from '../../../core/quiz/question.ts';
import { say } from '../../../interface.ts';
import { wordsOf } from '../../simulation/scenario-words.ts';
import { scenarioNamed } from '../quiz-of.ts';

/** Such as "One server, buyers a second: 9". Dials that stand as they start are left out, and so is `without`. */
export function settingInWords(run: RunSetting, language: Language, without?: string): string {
  const scenario = scenarioNamed(run.scenario);
  const words = wordsOf(run.scenario, language);
  const unitOfTime = scenario.time?.unit ?? 's';
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
  const design = run.design ?? scenario.designs?.[0]?.id;
  const dials = (scenario.dials ?? []).flatMap((dial) => {
    const value = run.dials?.[dial.id];
    if (value === undefined || dial.id === without) return [];
    // The name of a rate says itself what it counts, and in which time.
    const unit = dial.unit === 'time' ? say(language, `stage.dials.unit.time.${unitOfTime}`) : '';
    const amount = [number.format(value), unit].filter(Boolean).join(' ');
    return [`${words.dials[dial.id]?.name ?? dial.id}: ${amount}`];
  });
  const faults = (run.inputs ?? []).map(
    ({ fault, at }) =>
      `${words.faults[fault]?.name ?? fault} (${say(language, `stage.units.${unitOfTime}`, { value: number.format(at) })})`,
  );
  const named =
    design !== undefined && (scenario.designs ?? []).length > 1 ? [words.designs[design]?.name ?? design] : [];
  const rest = [...dials, ...faults];
  return [...named, ...(rest.length > 0 || without !== undefined ? rest : [say(language, 'paper.asStarted')])].join(
    ', ',
  );
}
