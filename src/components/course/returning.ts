// What a reader who comes back is shown on the pages of the course: where they were, how much is due, how far each lesson was
// read. Fetched for such readers only. It knows these places on the pages, and no lesson.

import { IntlMessageFormat } from 'intl-messageformat';
import { progressOf } from '../../core/quiz/progress.ts';
import { sectionsRead } from '../../core/review/reached.ts';
import { dueNow, learnt, type LogEntry } from '../../core/review/schedule.ts';
import { learnerRecord } from '../../storage/index.ts';
import type { LastPlace } from '../../storage/latest.ts';
import { fetchCourse, type LessonMaterial } from '../review/material.ts';

const menu = document.querySelector<HTMLElement>('#course-menu')!;
const { language, words } = {
  language: document.documentElement.lang,
  words: JSON.parse(menu.dataset.words!) as Record<string, string>,
};
const say = (key: string, values: Record<string, string | number>): string =>
  String(new IntlMessageFormat(words[key]!, language, undefined, { ignoreTag: true }).format(values));

/** A sentence of which a part is a link: the part is what stands for `what`. */
const withLink = (sentence: string, what: string, href: string): Node[] => {
  const [before = '', after = ''] = sentence.split(what);
  const link = document.createElement('a');
  link.href = href;
  link.textContent = what;
  return [document.createTextNode(before), link, document.createTextNode(after)];
};

const showWay = (line: HTMLElement, { sections, questions }: LessonMaterial, log: readonly LogEntry[]): void => {
  const read = sectionsRead(log, sections);
  const tries = log.filter((entry) => entry.kind === 'attempt' && entry.occasion === 'lesson');
  const answered = progressOf(questions, tries as never).questions.filter(({ attempts }) => attempts.length > 0).length;
  const steps = sections.length + questions.length;
  if (read + answered === 0 || steps === 0) return;
  line.querySelectorAll('.way-through, .way-in-words').forEach((old) => old.remove());
  const way = document.createElement('span');
  way.className = 'way-through';
  const [all, done] = [document.createElement('span'), document.createElement('span')];
  all.className = 'stitched';
  done.className = 'stitched';
  done.style.clipPath = `inset(0 ${100 * (1 - (read + answered) / steps)}% 0 0)`;
  way.append(all, done);
  const text = document.createElement('span');
  text.className = 'only-read-aloud way-in-words';
  text.textContent = say('reached', { read, sections: sections.length, answered, questions: questions.length });
  line.title = text.textContent;
  line.append(way, text);
};

/** Fills the places of this page for a reader who was last at this place, and again whenever the record grows. */
export async function showTo({ lesson, heading, isExam }: LastPlace): Promise<void> {
  const { lessons } = await fetchCourse(menu.dataset.course!);
  const record = learnerRecord();
  const asks = lessons.flatMap(({ id, questions }) =>
    questions.map(({ id: question, rev }) => ({ lesson: id, question, rev })),
  );
  const here = lessons.find(({ id }) => id === lesson);
  const place = here?.sections.find(({ id }) => id === heading)?.title;
  const href = here && `${here.address}#${heading === null ? 'the-quiz' : place === undefined ? '' : heading}`;

  const fill = (): void => {
    const { isRead, entries } = record.whole();
    if (!isRead) return;
    const log = entries as readonly LogEntry[];
    const all = learnt(log, asks);
    const count = dueNow(all, Date.now()).length;
    const due = menu.querySelector('.due');
    if (due) due.textContent = all.length > 0 ? say('due', { count }) : '';
    const goOn = menu.querySelector('.go-on');
    if (here && place !== undefined && goOn) goOn.textContent = say('goOnAt', { lesson: here.title, place });
    const were = document.querySelector<HTMLElement>('[data-were]');
    if (were && isExam) {
      const link = menu.querySelector<HTMLAnchorElement>('[data-exam]')!;
      were.replaceChildren(...withLink(words.wereExam!, words.wereExam!, link.href));
    } else if (were && here && href) {
      const key = heading === null ? 'wereQuiz' : place === undefined ? 'were' : 'wereAt';
      were.replaceChildren(
        ...withLink(say(key, { lesson: here.title, place: place ?? '' }), place ?? here.title, href),
      );
    } else were?.replaceChildren();
    const sentence = say('dueLong', { count });
    if (were && count > 0) were.append(' ', ...withLink(sentence, sentence, were.dataset.review!));
    for (const line of document.querySelectorAll<HTMLElement>('[data-reached]')) {
      const material = lessons.find(({ id }) => id === line.dataset.reached);
      if (material)
        showWay(
          line,
          material,
          log.filter((entry) => entry.lesson === material.id),
        );
    }
  };
  record.subscribe(fill);
  fill();
}
