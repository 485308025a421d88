/** Names of fields, settings and the like stay as they are: `custom_fields`, `If-Match`, `reply:INC-1`. */
const PLAIN_WORD = /^\p{Ll}[\p{L}'’-]*(?=[\s,;.!?]|$)/u;
const ENDED = /[.!?…:]["'”»)`]?$/u;

/** Text that begins a line: the server writes its words in small letters, for others to put into sentences. */
export function capital(text: string): string {
  const trimmed = text.trim();
  return PLAIN_WORD.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
}

/** Text that stands alone, as a sentence. */
export function sentence(text: string): string {
  const begun = capital(text);
  return begun === '' || ENDED.test(begun) ? begun : `${begun}.`;
}
