import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconBell, IconMute } from '@/ui/icons';
import { useMute } from '../hooks/use-mute';

/** Hears no more of a ticket, or hears of it again. */
export function MuteButton({ id, number }: { id: string; number: string }) {
  const { t } = useTranslation();
  const { isMuted, isKnown, isBusy, toggle } = useMute({ id, number });
  const Icon = isMuted ? IconBell : IconMute;
  return (
    <Button
      variant="default"
      size="sm"
      loading={isBusy || !isKnown}
      leftSection={<Icon aria-hidden size={15} />}
      title={t(isMuted ? 'mute.onHelp' : 'mute.offHelp')}
      onClick={toggle}
    >
      {t(isMuted ? 'mute.unmute' : 'mute.mute')}
    </Button>
  );
}
