import { notifications } from '@mantine/notifications';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

const PREFIX = 'e-';

/** The mark of an entry in the address. */
export function entryAnchor(id: string): string {
  return `${PREFIX}${id}`;
}

/** Puts the address of one entry on the clipboard. */
export function useEntryLink(number: string) {
  const { t } = useTranslation('tickets');
  return useCallback(
    async (id: string) => {
      const address = `${window.location.origin}/agent/incidents/${number}#${entryAnchor(id)}`;
      await navigator.clipboard.writeText(address);
      notifications.show({ message: t('page.linkCopied'), color: 'teal' });
    },
    [number, t],
  );
}

/** Shows the entry that the address names, as soon as it is there. */
export function useEntryLinkTarget(isReady: boolean): void {
  useEffect(() => {
    const { hash } = window.location;
    if (!isReady || !hash.startsWith(`#${PREFIX}`)) return;
    const entry = document.getElementById(hash.slice(1));
    entry?.scrollIntoView({ block: 'center' });
    entry?.setAttribute('data-target', 'true');
  }, [isReady]);
}
