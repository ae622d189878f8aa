import type { CellId, OrganizationId, PersonId, SiteId } from '@diemcau/shared/ids.ts';
import type { Result } from '@diemcau/shared/result.ts';
import { createAccount } from '../../../server/src/auth/accounts.ts';
import { hashPassword } from '../../../server/src/auth/passwords.ts';
import { createCell, createSite } from '../../../server/src/directory/cells.ts';
import { addMember, type MemberDetails } from '../../../server/src/directory/members.ts';
import { createOrganization } from '../../../server/src/directory/organizations.ts';
import { addPerson } from '../../../server/src/directory/people.ts';
import { appointAdministrator, assignSuperior } from '../../../server/src/directory/rights.ts';
import type { TestDirectory } from './http-app.ts';

export const password = 'mat khau cua toi 1';

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

export const bare: MemberDetails = {
  name: 'Nguyễn Văn Bình',
  birthYear: 1970,
  phone: null,
  standing: 'official',
  office: null,
  isClerk: false,
  partyGroup: null,
  groupOffice: null,
  specialDuty: false,
  detained: false,
};

interface VillageCell {
  readonly cellId: CellId;
  readonly mainSite: SiteId;
  readonly otherSite: SiteId;
  readonly secretary: PersonId;
  readonly clerk: PersonId;
  readonly member: PersonId;
  readonly suspended: PersonId;
}

/** Two communes under one province with a cell each, and the people who have rights over them. */
export interface Village {
  readonly province: OrganizationId;
  readonly commune: OrganizationId;
  readonly otherCommune: OrganizationId;
  readonly own: VillageCell;
  readonly strange: VillageCell;
  /** Of the own commune, by its subtree. */
  readonly superior: PersonId;
  readonly administrator: PersonId;
  readonly provinceAdministrator: PersonId;
}

export async function settle({ db }: Pick<TestDirectory, 'db'>): Promise<Village> {
  const organization = async (parentId: OrganizationId | null, name: string) =>
    must(
      await createOrganization(db, {
        parentId,
        kind: parentId === null ? 'province' : 'commune',
        name: `Đảng bộ ${name}`,
        committeeName: `Đảng ủy ${name}`,
      }),
    );
  const province = await organization(null, 'tỉnh');
  const commune = await organization(province, 'xã Trong');
  const otherCommune = await organization(province, 'xã Ngoài');
  const official = async (name: string) =>
    must(await addPerson(db, { name, birthYear: 1975, phone: null, title: 'Cán bộ Đảng ủy' }));
  const superior = await official('Trần Thị Cấp Trên');
  const administrator = await official('Lê Văn Quản Trị');
  const provinceAdministrator = await official('Phạm Thị Tỉnh');
  must(await assignSuperior(db, superior, { organizationId: commune }));
  must(await appointAdministrator(db, administrator, commune));
  must(await appointAdministrator(db, provinceAdministrator, province));
  return {
    province,
    commune,
    otherCommune,
    own: await cell(db, commune, 'Trong'),
    strange: await cell(db, otherCommune, 'Ngoài'),
    superior,
    administrator,
    provinceAdministrator,
  };
}

async function cell(
  db: TestDirectory['db'],
  organizationId: OrganizationId,
  name: string,
): Promise<VillageCell> {
  const cellId = must(await createCell(db, { organizationId, name: `Chi bộ thôn ${name}`, type: 'rural' }));
  const mainSite = must(
    await createSite(db, cellId, { name: 'Nhà văn hóa', address: `Thôn ${name}`, isMain: true }),
  );
  const otherSite = must(await createSite(db, cellId, { name: 'Điểm trường', address: '', isMain: false }));
  const member = async (details: Partial<MemberDetails>) =>
    must(await addMember(db, cellId, { ...bare, ...details }));
  return {
    cellId,
    mainSite,
    otherSite,
    secretary: await member({ name: `Hà Thị ${name}`, office: 'cellSecretary' }),
    clerk: await member({ name: `Đỗ Văn ${name}`, isClerk: true }),
    member: await member({ name: `Nông Văn ${name}`, partyGroup: 'Tổ 1' }),
    suspended: await member({ name: `Lý Văn ${name}`, standing: 'suspended', office: 'deputySecretary' }),
  };
}

let hashed: Promise<string> | undefined;

/** Gives a person an account with the village's password. */
export async function openAccount({ db }: TestDirectory, personId: PersonId, login: string): Promise<void> {
  hashed ??= hashPassword(password);
  await createAccount(db, { personId, login, passwordHash: await hashed }, 0);
}
