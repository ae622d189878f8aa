import type { Config } from '../config.ts';
import { ClusterNode, type NodeParts } from './node.ts';

/** Joins the cluster of REDIS_URL. @returns null for a server that is alone. @throws RedisAway, NodeNameInUse */
export async function joinCluster(
  {
    cluster,
    databaseUrl,
    admissionsPerSecond,
  }: Pick<Config, 'cluster' | 'databaseUrl' | 'admissionsPerSecond'>,
  parts: Pick<NodeParts, 'log' | 'meter' | 'workers' | 'onNameTaken'>,
): Promise<ClusterNode | null> {
  if (cluster === null || databaseUrl === null) return null;
  return ClusterNode.join({ ...parts, config: cluster, databaseUrl, admissionsPerSecond });
}
