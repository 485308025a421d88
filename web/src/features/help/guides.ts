/** A guide, made of Markdown when the front end was built. */
export interface Guide {
  title: string;
  /** The language it is written in. */
  language: string;
  html: string;
  parts: { id: string; title: string }[];
}

export const GUIDES = ['user-guide', 'admin-guide'] as const;
export type GuideName = (typeof GUIDES)[number];

const files = import.meta.glob<Omit<Guide, 'language'>>('../../../../docs/{user,admin}-guide*.md', {
  query: '?html',
  import: 'default',
});

export function isGuide(name: string): name is GuideName {
  return GUIDES.some((guide) => guide === name);
}

/** A guide in the reader's language; in English where there is none. */
export async function loadGuide(name: GuideName, language: string): Promise<Guide | null> {
  const own = files[`../../../../docs/${name}.${language}.md`];
  const load = own ?? files[`../../../../docs/${name}.md`];
  return load ? { ...(await load()), language: own ? language : 'en' } : null;
}
