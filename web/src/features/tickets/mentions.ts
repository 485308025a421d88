/** A mention that is being typed: where its `@` stands and what follows it. */
export interface OpenMention {
  start: number;
  word: string;
}

const WORD = /(?:^|[^\w.@+-])@([\w.+-]{0,40})$/;

/** The mention that ends at the caret, if one is being typed there. */
export function openMention(text: string, caret: number): OpenMention | null {
  const match = WORD.exec(text.slice(0, caret));
  const word = match?.[1];
  return word === undefined ? null : { start: caret - word.length - 1, word };
}

/** The text with the mention finished, and where the caret goes. */
export function withMention(text: string, { start, word }: OpenMention, username: string) {
  const inserted = `@${username} `;
  const rest = text.slice(start + 1 + word.length);
  return { text: text.slice(0, start) + inserted + rest.replace(/^ /, ''), caret: start + inserted.length };
}
