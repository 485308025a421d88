import { useTranslation } from 'react-i18next';
import { isTopic } from '../channel';
import { isReason } from '../model';

/** Names what a template speaks of: to people a reason, to a team a topic, or the frame around it. */
export function useMatterName(medium: string): (matter: string) => string {
  const { t } = useTranslation('notifications');
  const isToPerson = medium === 'email' || medium === 'sms';
  return (matter) => {
    if (isToPerson && isReason(matter)) return t(`reason.${matter}`);
    if (!isToPerson && isTopic(matter)) return t(`topic.${matter}`);
    return medium === 'email' ? t('templates.letter') : t('templates.message');
  };
}
