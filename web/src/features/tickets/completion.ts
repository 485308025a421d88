export type CompletionKind = 'person' | 'ticket' | 'template';

/** A word that is being typed and can be completed: where its sign stands and what follows it. */
export interface OpenWord {
  kind: CompletionKind;
  start: number;
  word: string;
}

/**
 * The signs and what may follow them up to the caret. `#` needs a letter or digit, because with a blank it begins a
 * heading; `/` stands at the beginning of a line, because elsewhere it divides.
 */
const SIGNS: readonly (readonly [CompletionKind, RegExp])[] = [
  ['person', /(?:^|[^\w.@+-])@([\w.+-]{0,40})$/],
  ['ticket', /(?:^|[\s([{,;:])#([\p{L}\d][\p{L}\d-]{0,40})$/u],
  ['template', /(?:^|\n)\/([\p{L}\d-]{0,40})$/u],
];

/** What is being typed at the caret, if it can be completed. */
export function openWord(text: string, caret: number): OpenWord | null {
  const before = text.slice(0, caret);
  for (const [kind, pattern] of SIGNS) {
    const word = pattern.exec(before)?.[1];
    if (word !== undefined) return { kind, start: caret - word.length - 1, word };
  }
  return null;
}

/**
 * The text with the completion in the place of what was typed, and where the caret goes. What has been changed
 * meanwhile stays: then the completion goes in before it.
 */
export function withCompletion(text: string, { start, word }: OpenWord, completion: string) {
  const typed = text.slice(start + 1, start + 1 + word.length);
  const rest = text.slice(typed === word ? start + 1 + word.length : start);
  return { text: text.slice(0, start) + completion + rest, caret: start + completion.length };
}

/** The same with one blank after it, for a word within a sentence. */
export function withWord(text: string, open: OpenWord, word: string) {
  const { text: whole, caret } = withCompletion(text, open, `${word} `);
  return { text: whole.slice(0, caret) + whole.slice(caret).replace(/^ /, ''), caret };
}

/** What is searched for: a number as it is written in full, `INC-000042` for `42` and `inc-42`; other words as they are. */
export function searchedWord(word: string): string {
  const [, prefix = 'INC', digits] = /^(?:([a-z]{3})-?)?(\d{1,9})$/i.exec(word) ?? [];
  return digits ? `${prefix.toUpperCase()}-${digits.padStart(6, '0')}` : word;
}
