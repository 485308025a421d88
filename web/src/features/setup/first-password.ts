// Without letters and digits that look alike: it is read out and typed in.
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP = 4;

/** A first password that nobody can guess: four groups of four letters, 80 bits. */
export function firstPassword(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  const bytes = random(new Uint8Array(GROUPS * GROUP));
  // 32 letters divide 256 evenly: every letter is as likely as any other.
  const letters = Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length] ?? '');
  const groups = Array.from({ length: GROUPS }, (_, index) =>
    letters.slice(index * GROUP, (index + 1) * GROUP).join(''),
  );
  return groups.join('-');
}
