import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listReplyTemplatesOptions, renderReplyTemplate, type TicketView } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconNote } from '@/ui/icons';

interface TemplateMenuProps {
  ticket: TicketView;
  onText: (text: string) => void;
}

const MOST = 100;
const SEARCH_FROM = 9;

/** Texts that are written once and used often, with the ticket's own words filled in. */
export function TemplateMenu({ ticket, onText }: TemplateMenuProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const [words, setWords] = useState('');
  const { data } = useQuery({
    ...listReplyTemplatesOptions({ query: { is_active: true, per_page: MOST } }),
    staleTime: 60_000,
    retry: false,
  });
  const fill = useMutation({
    mutationFn: (id: string) => renderReplyTemplate({ path: { key: ticket.number, template_id: id } }),
    onSuccess: ({ data: rendered }) => onText(rendered.text),
    onError: notifyProblem,
  });
  const all = (data?.data ?? []).filter(
    (template) =>
      (!template.kind || template.kind === ticket.kind) && (!template.team || template.team.id === ticket.team?.id),
  );
  if (all.length === 0) return null;
  const shown = all.filter((template) => template.name.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Menu position="top-start" shadow="md" width={280} onClose={() => setWords('')}>
      <Menu.Target>
        <Button variant="subtle" loading={fill.isPending} leftSection={<IconNote aria-hidden size={15} />}>
          {t('composer.template')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {all.length >= SEARCH_FROM && (
          <Menu.Search
            aria-label={t('composer.findTemplate')}
            placeholder={t('common:filter.search')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        )}
        {shown.map((template) => (
          <Menu.Item key={template.id} onClick={() => fill.mutate(template.id)}>
            {template.name}
          </Menu.Item>
        ))}
        {shown.length === 0 && <Menu.Label>{t('common:form.nothingFound')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
