import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type admin from '../../locales/en/admin.json';
import common from '../../locales/en/common.json';
import people from '../../locales/en/people.json';
import portal from '../../locales/en/portal.json';
import type roles from '../../locales/en/roles.json';
import session from '../../locales/en/session.json';
import tickets from '../../locales/en/tickets.json';

export const en = { common, people, portal, session, tickets };

/** Texts that come with the part of the application that shows them. */
interface LaterTexts {
  admin: typeof admin;
  roles: typeof roles;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en & LaterTexts;
    returnNull: false;
  }
}

const later = import.meta.glob<Record<string, unknown>>('../../locales/*/{admin,roles}.json', { import: 'default' });

/** Fetches a namespace when a page asks for it. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = later[`../../locales/${language}/${namespace}.json`];
    if (!load) return done(null, {});
    load().then(
      (texts) => done(null, texts),
      (error: Error) => done(error, null),
    );
  },
};

/** English is the source language and part of the program. */
export function startI18n(): void {
  void i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: 'en',
      fallbackLng: 'en',
      defaultNS: 'common',
      resources: { en },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      initAsync: false,
    });
}
