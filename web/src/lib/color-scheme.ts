const SCHEMES = ['auto', 'light', 'dark'] as const;

export type ColorScheme = (typeof SCHEMES)[number];

/** Narrows a text to a colour scheme. */
export function isColorScheme(text: string): text is ColorScheme {
  return SCHEMES.some((scheme) => scheme === text);
}
