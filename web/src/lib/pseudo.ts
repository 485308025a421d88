const ACCENTS = new Map(
  Object.entries({ a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', O: 'Ó', c: 'ç', n: 'ñ' }),
);

/** A text with accents and brackets and a third longer; placeholders and tags stay as they are. */
export function pseudoText(text: string): string {
  const accented = text
    .split(/(\{\{[^}]*\}\}|<[^>]*>)/)
    .map((part, index) => (index % 2 ? part : part.replaceAll(/./gsu, (letter) => ACCENTS.get(letter) ?? letter)))
    .join('');
  // A longer text has more words, not one long one.
  const more = '·'.repeat(Math.ceil(text.length / 3)).replace(/·{12}(?=·)/g, '$& ');
  return `[${accented}${more}]`;
}

/** The same for every text of a catalogue. */
export function pseudoCatalogue(value: unknown): unknown {
  if (typeof value === 'string') return pseudoText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pseudoCatalogue(inner)]));
}
