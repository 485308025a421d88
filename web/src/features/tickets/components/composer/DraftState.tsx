import { useTranslation } from 'react-i18next';
import { IconAlert, IconCheck, IconOffline } from '@/ui/icons';
import type { DraftMark } from '../../hooks/use-server-draft';
import classes from './composer.module.css';

const ICONS = { saved: IconCheck, device: IconOffline, unkept: IconAlert };

/** Whether what is typed is safe, and where. */
export function DraftState({ mark }: { mark: DraftMark }) {
  const { t } = useTranslation('tickets');
  const Icon = mark === 'none' || mark === 'saving' ? null : ICONS[mark];
  return (
    <span className={classes.mark} role="status" data-mark={mark}>
      {Icon && <Icon aria-hidden size={13} />}
      {mark !== 'none' && t(`draft.${mark}`)}
    </span>
  );
}
