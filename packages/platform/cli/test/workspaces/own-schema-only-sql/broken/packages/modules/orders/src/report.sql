SELECT count(*)
  FROM catalog.product;
