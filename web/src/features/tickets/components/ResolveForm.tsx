import { Select, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import { isResolutionCode, RESOLUTION_CODES } from '../model';
import type { Step } from '../steps';

interface ResolveFormProps {
  ticket: TicketView;
  onClose: () => void;
  onStep: (step: Step) => Promise<void>;
}

const EMPTY = { code: 'solved', note: '' };

/** How the service was restored. The text is kept until the server has it. */
export function ResolveForm({ ticket, onClose, onStep }: ResolveFormProps) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const { draft, change, forget } = useDraft(draftKey(me.id, `${ticket.number}.resolve`), EMPTY);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { resolution_code: draft.code, resolution_note: draft.note },
    validate: { resolution_note: required(t('dialog.resolutionMissing')) },
    onValuesChange: (values) => change({ code: values.resolution_code, note: values.resolution_note }),
    onSubmit: async (values) => {
      const code = isResolutionCode(values.resolution_code) ? values.resolution_code : 'solved';
      await onStep({ verb: 'resolve', code, note: values.resolution_note });
      forget();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Textarea
          label={t('dialog.resolutionNote')}
          description={t('dialog.resolutionNoteHelp')}
          autosize
          minRows={3}
          maxRows={10}
          size="sm"
          data-autofocus
          {...form.getInputProps('resolution_note')}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
        <Select
          label={t('dialog.resolutionCode')}
          allowDeselect={false}
          data={RESOLUTION_CODES.map((code) => ({ value: code, label: t(`resolution.${code}`) }))}
          {...form.getInputProps('resolution_code')}
        />
      </Stack>
      <FormButtons submit={t('verb.resolve')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
