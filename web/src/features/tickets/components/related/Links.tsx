import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addLink, type LinkView, removeLink, type TicketView } from '@/api';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { IconClose } from '@/ui/icons';
import { useLinks, useRelatedChange, useRelatedRefresh } from '../../hooks/use-related';
import { actionFor, isLinkKind } from '../../model';
import { RelatedSection } from './RelatedSection';
import classes from './related.module.css';
import { TicketLine } from './TicketLine';

/** Tickets that belong to this one, and how. */
export function Links({ ticket, onAdd }: { ticket: TicketView; onAdd: () => void }) {
  const { t } = useTranslation('tickets');
  const links = useLinks(ticket.number).data?.data ?? [];
  const refresh = useRelatedRefresh();
  const canLink = actionFor(ticket, 'link')?.allowed ?? false;
  const remove = useRelatedChange(async (link: LinkView) => {
    await removeLink({ path: { key: ticket.number, link_id: link.id } });
    const { kind } = link;
    if (!isLinkKind(kind)) return;
    notifyUndo(t('links.removed', { number: link.ticket.number }), async () => {
      const [from, to] = link.is_outgoing ? [ticket, link.ticket] : [link.ticket, ticket];
      await addLink({ path: { key: from.number }, body: { kind, ticket: to.number } });
      await refresh();
    });
  });
  const wordOf = (link: LinkView) => {
    if (!isLinkKind(link.kind)) return link.kind;
    return t(`links.${link.is_outgoing ? 'outgoing' : 'incoming'}.${link.kind}`);
  };
  return (
    <RelatedSection
      title={t('links.title')}
      count={links.length}
      addLabel={t('links.add')}
      onAdd={canLink ? onAdd : undefined}
      empty={t('links.empty')}
    >
      <ul className={classes.list}>
        {links.map((link) => (
          <div key={link.id}>
            <span className={classes.kind}>{wordOf(link)}</span>
            <TicketLine row={link.ticket}>
              {canLink && (
                <ActionIcon
                  size={24}
                  className="no-print"
                  aria-label={t('links.remove', { number: link.ticket.number })}
                  onClick={() => remove.mutate(link)}
                >
                  <IconClose aria-hidden size={14} />
                </ActionIcon>
              )}
            </TicketLine>
          </div>
        ))}
      </ul>
    </RelatedSection>
  );
}
