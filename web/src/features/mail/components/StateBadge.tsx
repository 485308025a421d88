import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isMailState, type MailState } from '../schemas';

const COLORS: Record<MailState, string> = {
  received: 'blue',
  ticket_created: 'teal',
  comment_added: 'teal',
  ignored: 'gray',
  refused: 'gray',
  failed: 'red',
};

/** How a message ended, by word and colour. */
export function StateBadge({ state }: { state: string }) {
  const { t } = useTranslation('mail');
  if (!isMailState(state)) return null;
  return (
    <Badge color={COLORS[state]} variant={state === 'refused' ? 'outline' : 'light'}>
      {t(`state.${state}`)}
    </Badge>
  );
}
