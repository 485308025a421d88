import type { UserView } from '@/api';
import { setLanguage } from '@/ui/language/set-language';
import { chooseFormats } from '@/ui/time/formats';

/** Speaks the person's language and writes times in their zone, on whatever device they sign in. */
export async function adoptPreferences(me: Pick<UserView, 'locale' | 'time_zone'>): Promise<void> {
  chooseFormats(me.locale, me.time_zone);
  if (me.locale) await setLanguage(me.locale);
}
