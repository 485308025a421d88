import i18next from 'i18next';

/** Fetches the texts of a part of the application, so that its pages need not wait for them one by one. */
export function loadTexts(...namespaces: string[]): Promise<void> {
  return i18next.loadNamespaces(namespaces);
}
