import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  IconAssigned,
  IconCancelled,
  IconClosed,
  IconHold,
  IconNew,
  IconProgress,
  IconResolved,
  type LucideIcon,
} from '@/ui/icons';
import { isStatus, type Status } from '../model';

const LOOKS: Record<Status, { icon: LucideIcon; color: string }> = {
  new: { icon: IconNew, color: 'blue' },
  assigned: { icon: IconAssigned, color: 'indigo' },
  in_progress: { icon: IconProgress, color: 'violet' },
  on_hold: { icon: IconHold, color: 'orange' },
  resolved: { icon: IconResolved, color: 'teal' },
  closed: { icon: IconClosed, color: 'gray' },
  cancelled: { icon: IconCancelled, color: 'gray' },
};

/** A status by word and shape; the colour only helps. */
export function StatusBadge({ status, isPortal }: { status: string; isPortal?: boolean }) {
  const { t } = useTranslation(['tickets', 'portal']);
  if (!isStatus(status)) return <Badge color="gray">{status}</Badge>;
  const { icon: Icon, color } = LOOKS[status];
  return (
    <Badge color={color} leftSection={<Icon aria-hidden size={13} />} size={isPortal ? 'lg' : 'md'}>
      {isPortal ? t(`portal:state.${status}`) : t(`tickets:status.${status}`)}
    </Badge>
  );
}
