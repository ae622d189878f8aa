import type { MeetingState, VoteState } from '../domain/state.ts';
import { ruleOf, type VoteMethod } from '../domain/vote-rules.ts';
import type { BallotRecord, Counts, UnitKey, VoteResult, VoteRuleId } from '../domain/vote-types.ts';
import type { MinutesBlock } from './document.ts';
import { withoutStop } from './format.ts';

/** Results of these rules are worded as proposals: the decision is a higher body's. */
const proposals: { readonly [R in VoteRuleId]?: string } = {
  admission: 'đề nghị kết nạp',
  officialRecognition: 'đề nghị công nhận đảng viên chính thức',
  nameRemoval: 'đề nghị xóa tên',
  discipline: 'đề nghị thi hành kỷ luật',
  election: 'đề nghị chuẩn y kết quả bầu cử',
  expulsionProposal: 'đề nghị khai trừ',
};

/** @returns the need and the outcome in words, as the chair reads them out. */
export function resultSentence(
  rule: VoteRuleId,
  candidate: string | null,
  { total, denominator, need, passed }: VoteResult,
): string {
  const proposal = proposals[rule];
  const whom = candidate === null ? '' : ` đồng chí ${candidate}`;
  const outcome = proposal
    ? passed
      ? `Chi bộ ${proposal}${whom}.`
      : `Không đủ số phiếu để ${proposal}${whom}.`
    : passed
      ? 'Được thông qua.'
      : 'Không được thông qua.';
  return `${total.inFavour}/${denominator} đồng chí tán thành (cần ít nhất ${need} đồng chí). ${outcome}`;
}

/** How hands were raised or papers cast, as the record words it. */
const methods: { readonly [M in VoteMethod]: string } = {
  showOfHands: 'giơ tay',
  cardOrSecretBallot: 'bằng thẻ đảng viên hoặc phiếu kín',
  secretBallotInRoom: 'bằng phiếu kín',
};

function unitName(state: MeetingState, unit: UnitKey): string {
  return unit === 'remote' ? 'Trực tuyến' : (state.sites[unit]?.name ?? '');
}

function row(name: string, { inFavour, against, noOpinion, notVoted }: Counts): readonly string[] {
  return [name, ...[inFavour, against, noOpinion, notVoted].map(String)];
}

function figures(state: MeetingState, { units, total }: VoteResult): MinutesBlock {
  return {
    kind: 'table',
    header: ['Nơi biểu quyết', 'Tán thành', 'Không tán thành', 'Không có ý kiến', 'Không biểu quyết'],
    total: 'lastRow',
    rows: [...units.map(({ unit, counts }) => row(unitName(state, unit), counts)), row('Tổng cộng', total)],
  };
}

function telephoned(state: MeetingState, vote: VoteState): readonly MinutesBlock[] {
  const sites = Object.entries(vote.counts).filter(([, { means }]) => means === 'telephone');
  return sites.map(([site, { readBy }]) => ({
    kind: 'text',
    text: `Số liệu tại ${unitName(state, site as UnitKey)} do đồng chí ${
      readBy ? (state.roll[readBy]?.name ?? '') : ''
    } đọc qua điện thoại, đã gọi lại xác nhận.`,
  }));
}

/** A vote with its figures per unit, reserved opinions, or why it was annulled. */
export function voteBlocks(state: MeetingState, vote: VoteState): readonly MinutesBlock[] {
  const { question, rule, candidate } = vote.opening;
  if (vote.phase === 'annulled') {
    const why = withoutStop(vote.annulledFor ?? '');
    return [{ kind: 'text', text: `Biểu quyết: ${question} (đã hủy; lý do: ${why}).` }];
  }
  if (vote.result === null) return [{ kind: 'text', text: `Biểu quyết: ${question} (chưa công bố kết quả)` }];
  const reserved = vote.reserved.map(
    ({ person, text }) => `Đồng chí ${state.roll[person]?.name ?? ''} bảo lưu ý kiến: ${text}`,
  );
  return [
    { kind: 'text', text: `Biểu quyết ${methods[ruleOf(state, rule).method]}: ${question}` },
    figures(state, vote.result),
    { kind: 'text', text: `Kết quả: ${resultSentence(rule, candidate, vote.result)}`, weight: 'outcome' },
    ...telephoned(state, vote),
    ...(reserved.length > 0 ? [{ kind: 'list', items: reserved } as const] : []),
  ];
}

/** A ballot held in the room: its boxes, who certified them, and the result. */
export function ballotBlocks(state: MeetingState, ballot: BallotRecord): readonly MinutesBlock[] {
  const header = [
    'Hòm phiếu',
    'Phát ra',
    'Thu về',
    'Không hợp lệ',
    'Tán thành',
    'Không tán thành',
    'Không có ý kiến',
    'Xác nhận',
  ];
  const rows = ballot.boxes.map((box) => [
    unitName(state, box.site),
    ...[box.issued, box.returned, box.invalid, box.inFavour, box.against, box.noOpinion].map(String),
    state.roll[box.certifiedBy]?.name ?? '',
  ]);
  return [
    { kind: 'text', text: `Bỏ phiếu kín tại phòng họp: ${ballot.question}` },
    { kind: 'table', header, rows },
    {
      kind: 'text',
      text: `Kết quả: ${resultSentence(ballot.rule, ballot.candidate, ballot.result)}`,
      weight: 'outcome',
    },
  ];
}
