/** What is known, shaky and not answered yet, section by section, and where to read it again. */
import { useId, type ReactNode } from 'react';
import type { Learnt } from '../../core/review/schedule.ts';
import { topicMap, type Explained, type Standing } from '../../core/review/topics.ts';
import type { Say } from '../quiz/words.tsx';
import type { LessonMaterial } from './material.ts';

interface TopicMapProps {
  say: Say;
  asks: readonly Explained[];
  all: readonly Learnt[];
  now: number;
  lessons: readonly LessonMaterial[];
}

const standings: Standing[] = ['known', 'shaky', 'unseen'];
/** A sign for each standing: a full stitch, half a stitch, only the holes. Never colour alone. */
const signs: Record<Standing, ReactNode> = {
  known: <path d="M3 10h14" strokeWidth={4} strokeLinecap="round" />,
  shaky: <path d="M3 10h6M16.5 10h.01" strokeWidth={3} strokeLinecap="round" />,
  unseen: <path d="M3.5 10h.01M16.5 10h.01" strokeWidth={3} strokeLinecap="round" />,
};

export function TopicMap({ say, asks, all, now, lessons }: TopicMapProps): ReactNode {
  const id = useId();
  const lines = topicMap(asks, all, now);
  return (
    <section className="review-map" aria-labelledby={id}>
      <h2 id={id}>{say('map.title')}</h2>
      <p>{say('map.text')}</p>
      {lessons
        .filter((lesson) => lines.some((line) => line.lesson === lesson.id))
        .map((lesson) => (
          <div key={lesson.id}>
            <h3>{lesson.title}</h3>
            <ul>
              {lines
                .filter((line) => line.lesson === lesson.id)
                .map(({ topic, reread, standing, counts }) => (
                  <li key={`${topic} ${reread}`} data-standing={standing}>
                    <svg viewBox="0 0 20 20" aria-hidden="true">
                      {signs[standing]}
                    </svg>
                    <a href={`${lesson.address}#${reread}`}>
                      {lesson.sections.find((section) => section.id === reread)?.title ?? reread}
                    </a>
                    <span className="review-state numbers">
                      {standings
                        .filter((each) => counts[each] > 0)
                        .map((each) => say('map.count', { standing: each, count: counts[each] }))
                        .join(', ')}
                    </span>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      <p className="quiz-hint">{say('map.meaning')}</p>
    </section>
  );
}
