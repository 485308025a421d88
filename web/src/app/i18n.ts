import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import common from '../../locales/en/common.json';
import people from '../../locales/en/people.json';
import portal from '../../locales/en/portal.json';
import session from '../../locales/en/session.json';
import tickets from '../../locales/en/tickets.json';

export const en = { common, people, portal, session, tickets };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
    returnNull: false;
  }
}

/** English is the source language and part of the program. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: { en },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
