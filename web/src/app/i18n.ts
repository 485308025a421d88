import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chosenLanguage, PSEUDO, pickLanguage } from '@/lib/language';
import { pseudoCatalogue } from '@/lib/pseudo';
import type admin from '../../locales/en/admin.json';
import common from '../../locales/en/common.json';
import type example from '../../locales/en/example.json';
import type help from '../../locales/en/help.json';
import type inbox from '../../locales/en/inbox.json';
import type insights from '../../locales/en/insights.json';
import type mail from '../../locales/en/mail.json';
import type major from '../../locales/en/major.json';
import type notifications from '../../locales/en/notifications.json';
import type people from '../../locales/en/people.json';
import type portal from '../../locales/en/portal.json';
import type profile from '../../locales/en/profile.json';
import type roles from '../../locales/en/roles.json';
import type search from '../../locales/en/search.json';
import type session from '../../locales/en/session.json';
import type settings from '../../locales/en/settings.json';
import type setup from '../../locales/en/setup.json';
import type sla from '../../locales/en/sla.json';
import type tickets from '../../locales/en/tickets.json';
import type webhooks from '../../locales/en/webhooks.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      admin: typeof admin;
      common: typeof common;
      example: typeof example;
      help: typeof help;
      inbox: typeof inbox;
      insights: typeof insights;
      mail: typeof mail;
      major: typeof major;
      notifications: typeof notifications;
      people: typeof people;
      portal: typeof portal;
      profile: typeof profile;
      roles: typeof roles;
      search: typeof search;
      session: typeof session;
      settings: typeof settings;
      setup: typeof setup;
      sla: typeof sla;
      tickets: typeof tickets;
      webhooks: typeof webhooks;
    };
    returnNull: false;
  }
}

/** One small file for every language and area, fetched when it is first needed. */
const catalogues = import.meta.glob<Record<string, unknown>>(
  ['../../locales/*/*.json', '!../../locales/en/common.json'],
  { import: 'default' },
);

async function read(language: string, namespace: string): Promise<unknown> {
  if (language === PSEUDO) return pseudoCatalogue(await read('en', namespace));
  if (language === 'en' && namespace === 'common') return common;
  const load = catalogues[`../../locales/${language}/${namespace}.json`];
  if (!load) throw new Error(`no texts of ${namespace} in ${language}`);
  return load();
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    read(language, namespace).then(
      (texts) => done(null, texts && typeof texts === 'object' ? { ...texts } : {}),
      (error) => done(error instanceof Error ? error : new Error(String(error)), false),
    );
  },
};

/**
 * English is the source language. Until someone chooses, the browser's language
 * holds. The texts that every page needs are there when the promise is kept.
 */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: pickLanguage([chosenLanguage(localStorage), ...navigator.languages]),
      fallbackLng: 'en',
      load: 'currentOnly',
      ns: ['common'],
      defaultNS: 'common',
      resources: { en: { common } },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      showSupportNotice: false,
    });
}
