/**
 * The commonest faults of Korean typography, found by rule: particles glued to a printed value, two spaces, the wrong width of
 * punctuation, and two levels of politeness in one text. It finds what a rule can find; a reader still has to read.
 */
import { tags } from './tags.ts';

/** A piece of running text, as src/markdown/outline.ts gives it; texts of YAML files have only text and line. */
export interface KoreanText {
  text: string;
  line: number;
  /** The tag that it directly follows. */
  after?: string | null;
  inside?: string[];
}

export interface KoreanFault {
  line: number;
  says: string;
}

/** A particle right after a value or a variable: which one is right depends on how the value is read. */
const particle =
  /^(?:은|는|이|가|을|를|과|와|로|으로|이나|나|이며|며|이고|이라|라고|이에요|예요|입니다)(?![가-힣]*[가-힣]{3})/;

/** All faults in the Korean texts of one file. */
export function koreanFaults(file: { texts: KoreanText[] }): KoreanFault[] {
  const found: KoreanFault[] = [];
  const polite: { line: number; sentence: string }[] = [];
  const formal: { line: number; sentence: string }[] = [];
  for (const { text, line, after, inside } of file.texts) {
    const add = (says: string): void => void found.push({ line, says });
    if (after && tags[after]?.value && particle.test(text)) {
      add(
        `"${text.slice(0, 6)}" is glued to the value of <${after}>, and nobody knows how the value is read; write around it ("… 정도", "… 만큼").`,
      );
    }
    const glued = /\{[a-zA-Z]\w*\}(?:은|는|이|가|을|를|과|와|로|으로)(?![가-힣])/.exec(text);
    if (glued) add(`"${glued[0]}": a particle is glued to a variable; write around it.`);
    if (/[^\s] {2,}[^\s]/.test(text)) add(`two spaces in "${around(text, / {2,}/)}"; one is right.`);
    const wide = /[！？，．：；（）％０-９Ａ-Ｚａ-ｚ　]/.exec(text);
    if (wide) add(`"${wide[0]}" is full-width; Korean uses ! ? , . : ; ( ) and half-width figures.`);
    const spaced = /[가-힣] [,.!?](?=\s|$)/.exec(text);
    if (spaced) add(`a space before the punctuation in "${spaced[0]}"; it follows the word directly.`);
    const crowded = /[가-힣][,!?](?=[가-힣])/.exec(text);
    if (crowded) add(`no space after the punctuation in "${around(text, /[가-힣][,!?](?=[가-힣])/)}".`);
    if (/[「」『』《》〈〉]/.test(text)) add('Korean brackets of another style; quote with “ ” or " ".');
    if (/\.\.\./.test(text)) add('three full stops; write "…" or end the sentence.');
    if (inside?.includes('Notes')) continue;
    for (const sentence of text.match(/[가-힣][^.?!]*[.?!]/g) ?? []) {
      if (/(?:요|죠)[.?!]$/.test(sentence)) polite.push({ line, sentence });
      else if (/(?:습니다|[가-힣]니다|습니까|니까|십시오)[.?!]$/.test(sentence)) formal.push({ line, sentence });
    }
  }
  if (polite.length > 0 && formal.length > 0) {
    const fewer = polite.length < formal.length ? polite : formal;
    for (const { line, sentence } of fewer) {
      found.push({
        line,
        says: `"${sentence.slice(-24)}" speaks at another level than the rest (해요체 and 합니다체 are mixed); the course speaks 해요체.`,
      });
    }
  }
  return found;
}

function around(text: string, where: RegExp): string {
  const at = text.search(where);
  return text.slice(Math.max(0, at - 8), at + 10);
}
