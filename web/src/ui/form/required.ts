/** A rule for @mantine/form: the text must not be blank. */
export function required(message: string): (value: string | null | undefined) => string | null {
  return (value) => (value?.trim() ? null : message);
}
