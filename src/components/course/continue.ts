// The way back to where the reader was, in the menu of every page. It looks at the end of the record and no further; what needs
// more of it (how much is due, how far each lesson was read) is fetched when it is looked at.

import { lastPlace } from '../../storage/latest.ts';

const menu = document.querySelector<HTMLElement>('#course-menu')!;
const link = menu.querySelector<HTMLAnchorElement>('.go-on');
const whenIdle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 200));

whenIdle(async () => {
  const last = await lastPlace();
  if (!last || !link) return;
  const renamed = JSON.parse(document.documentElement.dataset.renamed ?? '{}') as Record<string, string>;
  const lesson = last.lesson && (renamed[last.lesson] ?? last.lesson);
  const way = lesson && menu.querySelector<HTMLAnchorElement>(`a[data-lesson="${CSS.escape(lesson)}"]`);
  const words = JSON.parse(menu.dataset.words!) as Record<string, string>;
  if (last.isExam) {
    link.href = menu.querySelector<HTMLAnchorElement>('[data-exam]')!.href;
    link.textContent = words.goOnExam!;
  }
  if (way) {
    link.href = `${way.pathname}#${last.heading ?? 'the-quiz'}`;
    link.textContent = (last.heading ? words.goOn! : words.goOnQuiz!).replace('{lesson}', () => way.textContent.trim());
  }
  const more = async () => (await import('./returning.ts')).showTo({ ...last, lesson });
  menu.addEventListener('beforetoggle', () => void more(), { once: true });
  if (document.querySelector('[data-were], [data-reached]')) void more();
});
