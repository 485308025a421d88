import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusable } from './Refusable';

interface LookOnlyProps {
  isReadOnly: boolean;
  /** Why it cannot be changed; that the roles do not allow it unless said. */
  reason?: string;
  /** A box, a switch, one of several: what cannot be read-only by itself. */
  children: ReactElement<Record<string, unknown>>;
}

/** What may be looked at and not changed: the focus comes to it, and it says why. */
export function LookOnly({ isReadOnly, reason, children }: LookOnlyProps) {
  const { t } = useTranslation();
  return <Refusable reason={isReadOnly ? (reason ?? t('refused.readOnly')) : null}>{children}</Refusable>;
}
