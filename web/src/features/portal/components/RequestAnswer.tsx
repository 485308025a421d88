import { Button, Group, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addComment, type TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { acceptTicket } from '@/features/tickets/public';
import { asApiError } from '@/lib/api-error';
import { draftKey } from '@/lib/draft';
import { FormProblem } from '@/ui/form/FormProblem';
import { useDraft } from '@/ui/form/use-draft';
import { IconSend } from '@/ui/icons';

const EMPTY = { body: '' };
const FINISHED = new Set(['closed', 'cancelled']);

/** The requester's side of the conversation. */
export function RequestAnswer({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('portal');
  const me = useMe();
  const client = useQueryClient();
  const { draft, change, forget, isKept } = useDraft(draftKey(me.id, `${ticket.number}.answer`), EMPTY);
  const send = useMutation({
    mutationFn: async () =>
      (await addComment({ path: { key: ticket.number }, body: { body: draft.body, visibility: 'public' } })).data,
    onSuccess: async (answer) => {
      forget();
      await acceptTicket(client, answer);
    },
  });
  const isEmpty = draft.body.trim() === '';
  if (FINISHED.has(ticket.status) && isEmpty) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty && !send.isPending) send.mutate();
      }}
    >
      {send.isError && <FormProblem problem={asApiError(send.error)} />}
      <Textarea
        size="md"
        label={t('request.answer')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={65_536}
        value={draft.body}
        onChange={(event) => change({ body: event.currentTarget.value })}
      />
      <Group justify="flex-end" mt="sm" gap="md">
        <Text size="sm" c="dimmed" aria-live="polite">
          {!isEmpty && isKept && t('report.kept')}
        </Text>
        <Button
          size="md"
          type="submit"
          disabled={isEmpty}
          loading={send.isPending}
          leftSection={<IconSend aria-hidden size={18} />}
        >
          {t('request.send')}
        </Button>
      </Group>
    </form>
  );
}
